package audio

import (
	"bytes"
	"testing"
)

func TestWhatIsMadeAClipIsReadAsItWas(t *testing.T) {
	want := []float32{0, 0.5, -0.5, 0.25, -1}
	file, err := ClipOf(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := SoundOf(bytes.NewReader(file), int64(len(file)), 5)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range want {
		if got[i] != v {
			t.Errorf("frame %d: %v, not %v", i, got[i], v)
		}
	}
	if _, err := SoundOf(bytes.NewReader(file), int64(len(file)), 4); err == nil {
		t.Error("more frames than are wanted are read")
	}
}

func TestWhatIsLouderThanAClipCanBeIsCutOff(t *testing.T) {
	file, err := ClipOf([]float32{3, -3})
	if err != nil {
		t.Fatal(err)
	}
	got, err := SoundOf(bytes.NewReader(file), int64(len(file)), 2)
	if err != nil || got[0] < 0.999 || got[1] != -1 {
		t.Errorf("%v, %v", got, err)
	}
}
