package properties
import ("testing";"context";"fmt";"time";"finwait/model/system";"finwait/checker")
func show(r Result) {
 b:=r.System
 fmt.Println("==",r.Scenario.Name,r.Figures.States,r.Figures.Transitions,r.Figures.Depth,"dead",r.Figures.Deadlocks,r.Figures.Digest,r.Figures.Duration,r.Figures.Bytes>>20,"MB",r.Missing,r.Overflowed)
 for _,o:=range r.Outcomes { fmt.Println("  ",o.Claim.Number,o.Claim.Name,o.Verdict,o.Premise,o.Message)
  if o.Verdict==checker.Violated && o.Trace!=nil { for i,s:=range o.Trace.Steps { if i>0 {fmt.Printf("     %d %c %s -> %v x %v\n",i,'A'+s.Side,b.Label(s.Side,s.Action),s.State.A.State,s.State.B.State)} }; fmt.Println("    loop",o.Trace.Loop) } }
 if r.Deadlock!=nil {for i,s:=range r.Deadlock.Steps { if i>0 {fmt.Printf("     DL %d %c %s -> %v x %v\n",i,'A'+s.Side,b.Label(s.Side,s.Action),s.State.A.State,s.State.B.State)} }}
}
func TestTmp(t *testing.T){
 for _,s:=range system.Scenarios() {
  t0:=time.Now()
  r,err:=Judge(context.Background(), Run{Scenario:s,Bounds:s.Bounds,Claims:Judged(s.Name)})
  if err!=nil {t.Fatal(err)}
  show(r); fmt.Println(time.Since(t0))
 }
}
