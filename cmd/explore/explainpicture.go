package main

import (
	"os"

	"finwait/explain"
)

// pagesMost is how many connections a page holds.
const pagesMost = 1000

// draw keeps the picture of a connection for --svg and --html.
func (r *explanations) draw(x *explain.Connection) {
	r.drawn++
	if r.svg != "" && r.drawn == 1 {
		r.svgText = x.SVG(r.rows(), r.toScale)
	}
	if r.html != "" && r.drawn <= pagesMost {
		r.page.WriteString(x.HTML(r.rows(), r.toScale))
	}
}

// pictures writes them.
func (r *explanations) pictures() error {
	if r.svg != "" {
		if r.drawn != 1 {
			return usage("--svg draws one connection, and there are %d: choose one with --connection, --port or --filter", r.drawn)
		}
		if err := os.WriteFile(r.svg, []byte(r.svgText), 0o644); err != nil { //nolint:gosec // a picture is no secret
			return &failure{exitOther, err.Error()}
		}
	}
	if r.html == "" {
		return nil
	}
	if r.drawn > pagesMost {
		return usage("--html draws %d connections at most, and there are %d: choose some with --port or --filter", pagesMost, r.drawn)
	}
	page := "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>explore explain</title></head><body>\n" + r.page.String() + "</body></html>\n"
	if err := os.WriteFile(r.html, []byte(page), 0o644); err != nil { //nolint:gosec // the same
		return &failure{exitOther, err.Error()}
	}
	return nil
}
