// Graphof writes the state graph of the Go machine, at the bounds of a
// configuration of TLC that it reads, as the JSON of a tla.Graph. The tests build
// it with one guard of the machine turned: it is as small a command as can be.
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"os"

	"finwait/properties"
	"finwait/tla"
)

func main() {
	log.SetFlags(0)
	if err := write(context.Background(), os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func write(ctx context.Context, r io.Reader, w io.Writer) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c, err := tla.ReadConfig(string(text))
	if err != nil {
		return err
	}
	b, err := c.Bounds()
	if err != nil {
		return err
	}
	g, s, err := properties.Run{Bounds: b}.Explore(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(tla.GraphOf(g, s))
}
