package sheet

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestASheetIsATable(t *testing.T) {
	lines := []Line{
		good("PipeWire,输出 analog", "PipeWire, analog"),
		bad("会睡眠", "it sleeps").do("关掉睡眠", "turn it off"),
		looking("没经历过停电", "not seen"),
	}
	for i, name := range []Words{{"声音出口", "output"}, {"睡眠", "sleep"}, {"断电走时", "hardware clock"}} {
		lines[i].Name = name
	}
	at := time.Date(2026, 1, 23, 10, 5, 0, 0, time.UTC)
	for _, test := range []struct {
		language Language
		want     string
	}{
		{Chinese, `安装单  上西村 1 号  2026-01-23 10:05

✓ 好    声音出口  PipeWire,输出 analog
✗ 不行  睡眠      会睡眠
                  → 关掉睡眠
! 请看  断电走时  没经历过停电

1 项不行,1 项请看一看,1 项好。
听到喇叭响:□   安装人:____________   日期:____________
`},
		{English, `Installation sheet  上西村 1 号  2026-01-23 10:05

✓ good  output          PipeWire, analog
✗ bad   sleep           it sleeps
                        → turn it off
! look  hardware clock  not seen

1 bad, 1 to look at, 1 good.
Horn heard: □   Installed by: ____________   Date: ____________
`},
	} {
		var b strings.Builder
		if err := Print(&b, test.language, "上西村 1 号", at, lines); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, b.String()); diff != "" {
			t.Error(diff)
		}
	}
}
