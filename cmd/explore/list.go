package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

type scenarioLine struct {
	Name   string     `json:"name"`
	Text   string     `json:"text"`
	Ends   string     `json:"ends"`
	Bounds boundsJSON `json:"bounds"`
}

type propertyEntry struct {
	Name      string   `json:"name"`
	Number    string   `json:"number"`
	Kind      string   `json:"kind"`
	Clause    string   `json:"clause"`
	Text      string   `json:"text"`
	Fairness  []string `json:"fairness"`
	Windowed  []string `json:"windowed,omitempty"` // further ones, where windows vary
	Scenarios []string `json:"scenarios"`
}

type optionEntry struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Number    string   `json:"number"`
	Clause    string   `json:"clause"`
	Text      string   `json:"text"`
	SeenIn    string   `json:"seenIn"`
	Values    []string `json:"values"`
	KilledBy  []string `json:"killedBy"`
	Scenarios []string `json:"scenarios"`
}

// lister is a verb that lists something, for people or as JSON.
func lister(use, short, long string, list func(asJSON bool)) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long, Example: "  explore " + use + "\n  explore " + use + " --json",
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { list(asJSON); return nil },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object per line")
	return cmd
}

func newScenarios(a *app) *cobra.Command {
	return lister("scenarios", "List the scenarios",
		"scenarios lists the systems that check explores: where they begin, what the users and the\nnetwork may do in them, and the default bounds.",
		func(asJSON bool) {
			for _, s := range system.Scenarios() {
				if asJSON {
					a.out.line(scenarioLine{s.Name, s.Text, s.Ends, boundsOf(s.Bounds)})
					continue
				}
				fmt.Fprintf(a.out, "%s\n%s\n%s\n", a.paint(bold, s.Name), wrap(s.Text, "    ", columns),
					a.paint(faint, wrap(boundsText(s.Bounds)+"; ends in "+s.Ends, "    ", columns)))
			}
		})
}

func newProperties(a *app) *cobra.Command {
	return lister("properties", "List the claims, and the fairness assumptions they need",
		"properties lists what is claimed of every reachable state, of every step and of every fair\nrun, and what must be reachable for that to mean something.",
		func(asJSON bool) {
			kind := properties.Kind("")
			for _, c := range properties.Catalogue() {
				if asJSON {
					a.out.line(propertyEntry{c.Name, c.Number, string(c.Kind), c.Clause, c.Text, without(c.Fairness, nil), c.Windowed, c.Scenarios})
					continue
				}
				if c.Kind != kind {
					kind = c.Kind
					fmt.Fprintf(a.out, "%s\n", a.paint(bold, kindHeads[kind]))
				}
				fmt.Fprintf(a.out, "  %-4s %-26s [%s]\n%s\n", c.Number, c.Name, c.Clause, wrap(c.Text, "       ", columns))
				if c.Kind == properties.Liveness {
					fair := cmp.Or(strings.Join(c.Fairness, ", "), "none")
					if c.Windowed != nil {
						fair += "; where windows vary also " + strings.Join(c.Windowed, ", ")
					}
					fmt.Fprintf(a.out, "%s\n", a.paint(faint, wrap("fairness: "+fair, "       ", columns)))
				}
			}
			if asJSON {
				return
			}
			fmt.Fprintf(a.out, "%s\n", a.paint(bold, "Fairness assumptions (--drop-fairness)"))
			for _, f := range properties.Assumptions() {
				fmt.Fprintf(a.out, "  %-12s %-7s %s\n", f.Name, f.Kind, f.Text)
			}
		})
}

var kindHeads = map[properties.Kind]string{
	properties.Safety: "Of every reachable state", properties.Step: "Of every step",
	properties.Liveness: "Of every fair run", properties.Witness: "What must be reachable",
}

func newOptions(a *app) *cobra.Command {
	return lister("options", "List the readings, deviations and bugs that --option turns on",
		"options lists the readings that the RFC leaves open, the deviations that stacks are known\nfor, and known bugs. Without any the machine is RFC 9293.",
		func(asJSON bool) {
			kind := model.OptionKind(255)
			for _, o := range model.Catalogue() {
				claims, scenarios := killers(o.Name)
				if asJSON {
					a.out.line(optionEntry{
						o.Name, o.Kind.String(), o.Number, o.Clause, o.Text, o.SeenIn, o.Values[:], orEmpty(claims), orEmpty(scenarios),
					})
					continue
				}
				if o.Kind != kind {
					kind = o.Kind
					fmt.Fprintf(a.out, "%s\n", a.paint(bold, optionHeads[kind]))
				}
				name := o.Name
				if o.Values[1] != "true" {
					name += "=" + o.Values[1]
				}
				fmt.Fprintf(a.out, "  %-30s [%s]\n%s\n", name, o.Clause, wrap(o.Text+" ("+o.SeenIn+")", "       ", columns))
				if len(claims) > 0 {
					fmt.Fprintf(a.out, "%s\n", a.paint(faint, wrap("killed by "+strings.Join(claims, ", ")+
						" in "+strings.Join(scenarios, ", "), "       ", columns)))
				}
			}
		})
}

var optionHeads = map[model.OptionKind]string{
	model.Reading:   "Readings: the RFC allows it, or says it in another place",
	model.Deviation: "Deviations: the RFC does not allow it; real stacks do it on purpose",
	model.Bug:       "Bugs: nobody means it",
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
