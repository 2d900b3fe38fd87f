package explain_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/explain"
)

// Every capture's picture is well-formed, and has an arrow for each packet.
func TestSVG(t *testing.T) {
	for name := range expected {
		x := explain.Explain(only(t, name))
		for _, scale := range []bool{false, true} {
			svg := x.SVG(0, scale)
			assert.Equal(t, x.Len(), strings.Count(svg, "marker-end"), name)
			d := xml.NewDecoder(strings.NewReader("<html>" + x.HTML(0, scale) + "</html>"))
			for {
				if _, err := d.Token(); err != nil {
					assert.True(t, errors.Is(err, io.EOF), "%s: %v", name, err)
					break
				}
			}
		}
		assert.Contains(t, x.HTML(0, false), "&lt;SEQ=", name)
	}
}
