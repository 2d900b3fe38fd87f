package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"finwait/conformance"
)

func newVectors(a *app) *cobra.Command {
	var file string
	f := &conformFlags{}
	cmd := &cobra.Command{
		Use:   "vectors",
		Short: "Write the tests of conform for other programs, as lines of JSON",
		Long: `vectors writes the generated tests as lines of JSON: every input, and with it the reactions
that RFC 9293 allows, the default one first, each with its clause and force. The schema is in
docs/conform.md; its version is in the first line. conform --vectors FILE runs them.`,
		Example: `  explore vectors -o vectors.jsonl
  explore vectors --match 'FIN-WAIT-1*' | jq -r .name
  explore conform --stack model --vectors vectors.jsonl`,
		Args:              atMost(0),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return a.vectors(f, file) },
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE`, not to standard output")
	cmd.Flags().StringVar(&f.match, "match", "", "only cases whose name matches `PATTERN`, in which * is any text")
	return cmd
}

func (a *app) vectors(f *conformFlags, file string) error {
	var cases []conformance.Case
	for _, c := range conformance.Generate(conformance.CanAll) {
		if f.selects(&c) {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return usage("--match: no case has a name like %s", quote(f.match))
	}
	if file == "" {
		return errors.Join(conformance.WriteVectors(a.out, cases), a.out.err)
	}
	w, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(conformance.WriteVectors(w, cases), w.Close())
}

// readVectors are the cases of a file; "-" is standard input.
func (a *app) readVectors(file string) ([]conformance.Case, error) {
	in := a.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close() //nolint:errcheck // read only
		in = io.Reader(f)
	}
	cases, err := conformance.ReadVectors(in)
	if version, ok := errors.AsType[*conformance.VectorVersionError](err); ok {
		return nil, usage("%s: %v", file, version)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return cases, nil
}
