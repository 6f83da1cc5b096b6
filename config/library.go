package config

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Library says what is made of uploaded recordings.
type Library struct {
	// TargetLUFS is the loudness that recordings are brought to, and Ceiling the true peak in dBTP that they stay below.
	TargetLUFS, Ceiling float64
	// FFmpeg is the path of the program that converts what is not read otherwise; empty means that it is looked for, off
	// that it is not used.
	FFmpeg string
}

func defaultLibrary() Library { return Library{TargetLUFS: -16, Ceiling: -1} }

// decimal takes a number from least to most.
func decimal(to *float64, least, most float64) func(value) sentence {
	return func(v value) sentence {
		n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(v.text), "−", "-"), 64)
		if err != nil || !(n >= least && n <= most) {
			return sentence{
				fmt.Sprintf("“%s”不行,要写 %g 到 %g 之间的数", short(v.text), least, most),
				fmt.Sprintf("%q will not do: write a number from %g to %g", short(v.text), least, most),
			}
		}
		*to = n
		return sentence{}
	}
}

// program takes the path of a program that exists, off, or nothing.
func program(to *string) func(value) sentence {
	return func(v value) sentence {
		if v.text == "" || v.text == "off" {
			*to = v.text
			return sentence{}
		}
		path := beside(v.from, v.text)
		if found, err := os.Stat(path); err != nil || !found.Mode().IsRegular() {
			return sentence{
				fmt.Sprintf("找不到程序 %s;不用就写 off,空着就自动找", short(path)),
				fmt.Sprintf("there is no program %s; write off not to use one, nothing to have it looked for", short(path)),
			}
		}
		*to = path
		return sentence{}
	}
}
