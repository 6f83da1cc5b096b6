package hearing

import (
	"testing"
	"time"
)

// tasks are those of the village.
func (f *fixture) tasks(open bool) []Task {
	f.t.Helper()
	all, err := f.Tasks(f.t.Context(), TaskFilter{Grid: shangxi, Open: open})
	f.ok(err)
	return all
}

func TestWhoDidNotHearItOpensOneTaskForTheElectrician(t *testing.T) {
	f := newFixture(t)
	for _, person := range []string{"李四", "张三"} {
		_, err := f.says(person, f.sounded("morning", f.now.Add(-time.Minute)), false)
		f.ok(err)
		f.now = f.now.Add(time.Minute)
	}
	_, err := f.says("王五", f.sounded("noon", f.now.Add(-time.Minute)), false)
	f.ok(err)
	open := f.tasks(true)
	if len(open) != 1 || open[0].By != "李四" || open[0].TerminalName != "老龄社喇叭" || len(open[0].Reports) != 3 || open[0].Heard != nil {
		t.Fatalf("%+v", open)
	}
	if all, err := f.Tasks(t.Context(), TaskFilter{Grid: xianfeng}); err != nil || len(all) != 0 {
		t.Errorf("next door: %+v, %v", all, err)
	}
}

func TestThatItIsHeardLaterStandsOnTheTaskAndEndsNothing(t *testing.T) {
	f := newFixture(t)
	_, err := f.says("李四", f.sounded("morning", f.now.Add(-time.Minute)), false)
	f.ok(err)
	f.now = f.now.Add(time.Hour)
	_, err = f.says("张三", f.sounded("noon", f.now.Add(-time.Minute)), true)
	f.ok(err)
	open := f.tasks(true)
	if len(open) != 1 || open[0].Heard == nil || open[0].Heard.By != "张三" {
		t.Fatalf("%+v", open)
	}
	f.picked[horn] = f.now.Add(time.Minute)
	if c := f.tasks(true)[0].Heard; c == nil || !c.Microphone {
		t.Errorf("a microphone heard it: %+v", c)
	}
}

func TestATaskIsDoneOnceWithOneLine(t *testing.T) {
	f := newFixture(t)
	id := f.sounded("morning", f.now.Add(-time.Minute))
	_, err := f.says("李四", id, false)
	f.ok(err)
	task := f.tasks(true)[0]
	_, err = f.EndTask(t.Context(), task.ID, " ", "电工")
	f.refused("text_missing", err)
	_, err = f.EndTask(t.Context(), "nothing", "好了", "电工")
	f.refused("task_unknown", err)
	done, err := f.EndTask(t.Context(), task.ID, " 换了保险丝 ", "电工")
	f.ok(err)
	if done.Outcome != "换了保险丝" || done.DoneBy != "电工" || !done.Done.Equal(f.now) {
		t.Errorf("%+v", done)
	}
	_, err = f.EndTask(t.Context(), task.ID, "好了", "别人")
	f.refused("task_done", err)
	if len(f.tasks(true)) != 0 || len(f.tasks(false)) != 1 {
		t.Errorf("open %d, all %d", len(f.tasks(true)), len(f.tasks(false)))
	}
	_, err = f.says("张三", id, false)
	f.ok(err)
	if open := f.tasks(true); len(open) != 1 || open[0].ID == task.ID {
		t.Errorf("a new report: %+v", open)
	}
}

func TestWhoStillHearsNothingAfterTheRepairOpensAnotherTask(t *testing.T) {
	f := newFixture(t)
	id := f.sounded("morning", f.now.Add(-time.Minute))
	first, err := f.says("李四", id, false)
	f.ok(err)
	f.now = f.now.Add(time.Minute)
	_, err = f.EndTask(t.Context(), first.Task, "换了保险丝", "王电工")
	f.ok(err)
	f.now = f.now.Add(time.Minute)
	again, err := f.says("李四", id, false)
	f.ok(err)
	if again.Task == first.Task {
		t.Error("it stands in the task that is done")
	}
	if open := f.tasks(true); len(open) != 1 || open[0].ID != again.Task || len(open[0].Reports) != 1 {
		t.Errorf("%+v", open)
	}
}
