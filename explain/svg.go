package explain

import (
	"fmt"
	"html"
	"strings"
)

// Measures of the picture, in pixels.
const (
	svgWidth = 900
	svgA     = 230 // the line of A
	svgB     = 670
	svgRow   = 26
	svgTop   = 40
)

// SVG draws the ladder as a picture, at most so many rows of it; all if most is 0.
// To scale, the distance between two rows is in proportion to the time between them,
// but for as much as the text needs.
func (x *Connection) SVG(most int, toScale bool) string {
	var b strings.Builder
	y, last := float64(svgTop), 0.0
	rows := x.Rows(most)
	perSecond := 0.0
	if n := len(rows); toScale && n > 1 {
		if length := rows[n-1].Time.Sub(rows[0].Time).Seconds(); length > 0 {
			perSecond = float64(3*svgRow*n) / length
		}
	}
	text := func(at, y float64, anchor, s string) {
		fmt.Fprintf(&b, `<text x="%.0f" y="%.1f" text-anchor="%s">%s</text>`+"\n", at, y, anchor, html.EscapeString(s))
	}
	for i := range rows {
		r := &rows[i]
		now := r.Time.Sub(x.Packet(0).Time).Seconds()
		if i > 0 {
			y += max(svgRow, (now-last)*perSecond)
		}
		last = now
		from, to := float64(svgA), float64(svgB)
		if r.FromB {
			from, to = to, from
		}
		if r.Lost {
			to = (from + to) / 2
		}
		fmt.Fprintf(&b, `<line x1="%.0f" y1="%.1f" x2="%.0f" y2="%.1f" marker-end="url(#head)"/>`+"\n", from, y, to, y+8)
		text((svgA+svgB)/2, y-2, "middle", r.Text)
		text(10, y+4, "start", fmt.Sprintf("%.6f", now))
		text(svgA-8, y+4, "end", r.A)
		text(svgB+8, y+4, "start", r.B)
		for _, remark := range r.Remarks {
			y += svgRow / 2
			text((svgA+svgB)/2, y+8, "middle", remark)
		}
	}
	height := y + 2*svgRow
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" height="%.0f" `+
		`font-family="monospace" font-size="11" stroke-width="1">
<defs><marker id="head" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>
<title>%s</title>
<rect width="100%%" height="100%%" fill="white"/>
<g stroke="black"><line x1="%d" y1="20" x2="%d" y2="%.0f"/><line x1="%d" y1="20" x2="%d" y2="%.0f"/></g>
<text x="%d" y="14" text-anchor="middle">A %s</text><text x="%d" y="14" text-anchor="middle">B %s</text>
<g fill="black"><style>line{stroke:black}</style>
`, svgWidth, height, svgWidth, height, html.EscapeString(x.Ends()), svgA, svgA, height, svgB, svgB, height,
		svgA, html.EscapeString(x.A.Addr.String()), svgB, html.EscapeString(x.B.Addr.String()))
	return head + b.String() + "</g>\n</svg>\n"
}

// HTML is the connection in words and as a picture: a part of a page.
func (x *Connection) HTML(most int, toScale bool) string {
	return fmt.Sprintf("<h2>%s</h2>\n<p>%s</p>\n<p>%s</p>\n%s", html.EscapeString(x.Ends()),
		html.EscapeString(x.Paragraph()), html.EscapeString(x.Summary()), x.SVG(most, toScale))
}
