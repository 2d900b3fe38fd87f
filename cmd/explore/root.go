package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newRoot is the tree of verbs.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "explore",
		Short: "Explore the state machine of a TCP connection, exhaustively",
		Long: `explore asks one pure function, RFC 9293's state machine of a TCP connection, what it
does; puts two of them, a network and two users together; visits every state that this
system can reach; and judges every claim about how a connection opens, half-closes and
closes. What does not hold comes with the shortest run that shows it.`,
		Example: `  explore check                                   every scenario, every claim
  explore check close --octets 2,1                one scenario, larger
  explore check --option last-ack-any-ack         a bug of a real stack, and what catches it
  explore find 'A.State == "CLOSING" && B.State == "TIME-WAIT"'
  explore step --state FIN-WAIT-1 --segment '<SEQ=1><ACK=2><CTL=FIN,ACK>'
  explore simulate lifecycle --seed 7             one random run, as a ladder
  explore graph --view figure --format svg -o figure5.svg
  explore why time-wait                           what breaks without it
  explore prove                                   safety for any amount of data, by SMT solvers
  explore properties                              what is claimed, by which clause`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknown("verb", args[0], namesOf(cmd.Commands(), (*cobra.Command).Name))
		},
	}
	root.AddCommand(
		newCheck(a),
		newFind(a),
		newStep(a),
		newSimulate(a),
		newGraph(a),
		newWhy(a),
		newProve(a),
		newExplain(a),
		newConform(a),
		newVectors(a),
		newScenarios(a),
		newProperties(a),
		newOptions(a),
	)
	root.InitDefaultHelpCmd()
	for _, help := range root.Commands() {
		if help.Name() == "help" {
			help.Args = func(_ *cobra.Command, args []string) error {
				if len(args) > 0 && nameless(root, args[0]) {
					return unknown("verb", args[0], namesOf(root.Commands(), (*cobra.Command).Name))
				}
				return nil
			}
		}
	}
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.SetFlagErrorFunc(flagError)
	return root
}

// flagError turns pflag's error into a short one, with the nearest flag.
func flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				names = append(names, f.Name)
			}
		})
		if n := nearest(name, names); n != "" {
			return usage("there is no flag --%s; did you mean --%s?", name, n)
		}
		return usage("there is no flag --%s; %s --help lists them", name, cmd.CommandPath())
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usage("--%s: %s is not a %s", invalid.GetFlag().Name, quote(invalid.GetValue()), typeWords[invalid.GetFlag().Value.Type()])
	}
	return usage("%s", text)
}

// typeWords says what a flag wants.
var typeWords = map[string]string{
	"int": "number", "uint16": "port number, 0 to 65535", "uint32": "number", "uint64": "number", "bool": "truth value; say true or false", "duration": "duration; say 90s or 10m",
}

// atMost is the rule that a verb takes at most n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%s: one argument too many: %s", cmd.CommandPath(), quote(args[n]))
		}
		return nil
	}
}

// nameless tells that no verb has the name.
func nameless(root *cobra.Command, name string) bool {
	return !slices.ContainsFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == name || c.HasAlias(name) })
}
