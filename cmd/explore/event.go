package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"finwait/model"
)

var (
	field   = regexp.MustCompile(`^\s*<\s*([A-Za-z]+)\s*=\s*([^<>]*?)\s*>`)
	ctlBits = map[string]model.Ctl{"FIN": model.FIN, "SYN": model.SYN, "RST": model.RST, "ACK": model.ACK, "URG": model.URG}
)

// parseSegment reads a segment in the RFC's notation, or in a short form:
// "FIN,ACK seq=1 ack=2 data=3". Numbers are relative: SEQ to the IRS, ACK to the
// ISS. What is not given is what the endpoint expects next.
func parseSegment(spec string, c *model.TCB, n numbering) (model.Segment, error) {
	g := model.Segment{SEQ: c.RCV.NXT, WND: model.DefaultWindow}
	if c.State < model.SynReceived {
		g.SEQ = n.irs
	}
	fields, err := splitSegment(spec)
	if err != nil {
		return g, err
	}
	seen := map[string]bool{}
	for _, f := range fields {
		key := strings.ToUpper(f[0])
		if seen[key] {
			return g, usage("--segment: %s is given twice", key)
		}
		seen[key] = true
		if key == "CTL" {
			if g.CTL, err = parseCtl(f[1]); err != nil {
				return g, err
			}
			continue
		}
		v, err := strconv.ParseUint(f[1], 10, 32)
		if err != nil {
			return g, usage("--segment: %s=%s is not a number from 0 to 4294967295", key, f[1])
		}
		switch key {
		case "SEQ":
			g.SEQ = n.irs.Add(uint32(v))
		case "ACK":
			g.ACK = n.iss.Add(uint32(v))
		case "DATA":
			g.TXT = uint32(v)
		case "WND":
			g.WND = uint32(v)
		default:
			return g, unknown("segment field", f[0], []string{"SEQ", "ACK", "CTL", "DATA", "WND"})
		}
	}
	switch {
	case !seen["CTL"]:
		return g, usage("--segment: no control bits; say <CTL=ACK> or the like")
	case seen["ACK"] && !g.Has(model.ACK):
		return g, usage("--segment: it has an acknowledgment number, but not the ACK bit")
	case g.Has(model.ACK) && !seen["ACK"]:
		g.ACK = c.SND.NXT
	}
	if g.TXT > model.MaxWindow || g.WND > model.MaxWindow {
		return g, usage("--segment: DATA and WND are at most %d", model.MaxWindow)
	}
	return g, nil
}

// splitSegment cuts either notation into names and values.
func splitSegment(spec string) ([][2]string, error) {
	var fields [][2]string
	if strings.HasPrefix(strings.TrimSpace(spec), "<") {
		for rest := strings.TrimSpace(spec); rest != ""; rest = strings.TrimSpace(rest) {
			m := field.FindStringSubmatch(rest)
			if m == nil {
				return nil, usage("--segment: cannot read %s; the notation is <SEQ=1><ACK=2><CTL=FIN,ACK><DATA=3>", quote(rest))
			}
			fields = append(fields, [2]string{m[1], m[2]})
			rest = rest[len(m[0]):]
		}
		return fields, nil
	}
	for i, w := range strings.Fields(spec) {
		key, value, ok := strings.Cut(w, "=")
		switch {
		case !ok && i == 0:
			key, value = "CTL", w
		case !ok:
			return nil, usage("--segment: cannot read %s; the short form is FIN,ACK seq=1 ack=2 data=3 wnd=4", quote(w))
		}
		fields = append(fields, [2]string{key, value})
	}
	return fields, nil
}

func parseCtl(s string) (ctl model.Ctl, err error) {
	for w := range strings.SplitSeq(s, ",") {
		bit, ok := ctlBits[strings.ToUpper(strings.TrimSpace(w))]
		if !ok {
			return 0, unknown("control bit", w, []string{"SYN", "FIN", "RST", "ACK", "URG"})
		}
		ctl |= bit
	}
	return ctl, nil
}

// parseCall reads "close", "send:2", "open:active".
func parseCall(spec string, n numbering) (model.Event, error) {
	name, arg, _ := strings.Cut(strings.ToLower(spec), ":")
	e := model.Event{ISS: n.iss}
	switch name {
	case "open":
		i, err := choice("call open", arg, "passive", "active")
		e.Kind = model.CallPassiveOpen + model.EventKind(i)
		return e, err
	case "send", "receive":
		e.Kind, e.N = model.CallSEND, 1
		if name == "receive" {
			e.Kind, e.N = model.CallRECEIVE, model.MaxWindow
		}
		if arg == "" {
			return e, nil
		}
		v, err := strconv.ParseUint(arg, 10, 30)
		if err != nil {
			return e, usage("--call %s: %s is not a number of octets, up to %d", name, quote(arg), 1<<30-1)
		}
		e.N = uint32(v)
		return e, nil
	}
	kinds := map[string]model.EventKind{"close": model.CallCLOSE, "abort": model.CallABORT, "status": model.CallSTATUS}
	kind, ok := kinds[name]
	if !ok {
		return e, unknown("call", spec, []string{"open:passive", "open:active", "send:N", "receive:N", "close", "abort", "status"})
	}
	e.Kind = kind
	return e, nil
}

// parseTimeout reads "time-wait", "retransmission", "retransmission:1,fin".
// Without an argument, everything that is outstanding is retransmitted.
func parseTimeout(spec string, c *model.TCB) (model.Event, error) {
	name, arg, _ := strings.Cut(strings.ToLower(spec), ":")
	kinds := map[string]model.EventKind{
		"retransmission": model.TimeoutRetransmission, "time-wait": model.TimeoutTimeWait,
		"user": model.TimeoutUser, "fin-wait-2": model.TimeoutFinWait2,
	}
	kind, ok := kinds[name]
	if !ok {
		return model.Event{}, unknown("timeout", spec, []string{"retransmission", "time-wait", "user", "fin-wait-2"})
	}
	e := model.Event{Kind: kind}
	if kind != model.TimeoutRetransmission {
		return e, nil
	}
	if arg != "" {
		err := parseAmount("timeout retransmission", arg, &e)
		return e, err
	}
	e.N, e.FIN = c.SND.NXT.From(c.SND.UNA), c.FINSent() && c.SND.UNA != c.SND.NXT
	if e.FIN {
		e.N--
	}
	return e, nil
}

// parseOutput reads "transmit:1,fin", "ack", "probe", "keep-alive". Without an
// argument, everything that is queued is transmitted.
func parseOutput(spec string, c *model.TCB) (model.Event, error) {
	name, arg, _ := strings.Cut(strings.ToLower(spec), ":")
	kinds := map[string]model.EventKind{
		"transmit": model.OutputTransmit, "ack": model.OutputAck, "probe": model.OutputProbe, "keep-alive": model.OutputKeepAlive,
	}
	kind, ok := kinds[name]
	if !ok {
		return model.Event{}, unknown("output", spec, []string{"transmit", "ack", "probe", "keep-alive"})
	}
	e := model.Event{Kind: kind}
	switch {
	case arg != "" && kind == model.OutputTransmit:
		return e, parseAmount("output transmit", arg, &e)
	case arg != "":
		return e, usage("--output %s takes no argument", name)
	case kind == model.OutputTransmit:
		e.N, e.FIN = c.Unsent(), c.Is(model.CloseCalled) && !c.FINSent()
	}
	return e, nil
}

// parseAmount reads "2", "fin", "2,fin".
func parseAmount(flag, arg string, e *model.Event) error {
	words := strings.Split(arg, ",")
	if i := slices.Index(words, "fin"); i >= 0 {
		e.FIN = true
		words = slices.Delete(words, i, i+1)
	}
	switch len(words) {
	case 0:
		return nil
	case 1:
		v, err := strconv.ParseUint(words[0], 10, 30)
		if err == nil {
			e.N = uint32(v)
			return nil
		}
	}
	return usage("--%s: %s is not a number of octets, fin, or both: 2,fin", flag, quote(arg))
}
