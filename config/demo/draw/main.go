// Command draw makes config/demo/town.geojson, the grid of the sample town. The geometry is invented: a net of crooked
// fields (lattice.go), dealt out to villages, societies and household groups (town.go). Chance comes from a fixed seed, so
// that the file is the same every time. Run it from the top of the checkout, and commit what it writes.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	path := flag.String("o", "config/demo/town.geojson", "the file to write")
	flag.Parse()
	var text strings.Builder
	err := draw(&text)
	if err == nil {
		err = os.WriteFile(*path, []byte(text.String()), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "draw:", err)
		os.Exit(1)
	}
}

// draw writes the town, a grid on each line.
func draw(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, `{"type":"FeatureCollection","datum":"WGS-84","features":[`)
	for i, g := range survey() {
		if i > 0 {
			fmt.Fprint(out, ",")
		}
		fmt.Fprintf(out, "\n"+`{"type":"Feature","properties":{"code":%q,"name":%q,`, g.code, g.name)
		if g.chief != "" {
			fmt.Fprintf(out, `"chief":%q,`, g.chief)
		}
		fmt.Fprintf(out, `"households":%d,"invented":true},"geometry":`, g.households)
		if g.ring != nil {
			fmt.Fprintf(out, `{"type":"Polygon","coordinates":[%s]}}`, list(g.ring))
		} else {
			fmt.Fprintf(out, `{"type":"MultiPoint","coordinates":%s}}`, list(g.homes))
		}
	}
	fmt.Fprint(out, "\n]}\n")
	return out.Flush()
}

func list(points []point) string {
	text := make([]string, len(points))
	for i, p := range points {
		text[i] = p.String()
	}
	return "[" + strings.Join(text, ",") + "]"
}
