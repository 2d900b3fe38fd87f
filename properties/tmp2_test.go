package properties
import ("testing";"context";"fmt";"finwait/model/system")
func TestTmp2(t *testing.T){
 s,_:=system.LookupScenario("lifecycle")
 c,_:=Lookup("L4")
  r,err:=Judge(context.Background(), Run{Scenario:s,Bounds:s.Bounds,Claims:[]Claim{c}})
  if err!=nil {t.Fatal(err)}
  for i,st:=range r.Outcomes[0].Trace.Steps { if i<9 {continue}
   fmt.Println(i, st.State.B.TCB, st.State.B.InFlight())
   for _,m:=range r.System.Moves(*st.State.B,nil) { fmt.Println("   ", r.System.Label(1,m.Action), m.Kind) }
   for _,m:=range r.System.Moves(*st.State.A,nil) { fmt.Println("   A ", r.System.Label(0,m.Action), m.Kind) }
  }
}
