package sheet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// plentyOf is how many times what is left alone counts as plenty.
const plentyOf = 5

// disk says whether there is room for recordings.
func (s *Sheet) disk(context.Context) Line {
	free, total, err := s.o.Disk()
	if err != nil {
		return looking("看不出还剩多少", "the space left cannot be seen")
	}
	chinese := fmt.Sprintf("剩 %s,共 %s", bytes(free), bytes(total))
	english := fmt.Sprintf("%s of %s left", bytes(free), bytes(total))
	switch {
	case free < s.o.KeepFree:
		return bad(chinese+",不再下载录音", english+": no recordings are fetched").do("清理磁盘", "make room")
	case free < plentyOf*s.o.KeepFree:
		return looking(chinese+",不多了", english+", which is not much").do("清理磁盘", "make room")
	}
	return good(chinese, english)
}

// bytes writes a size for people.
func bytes(n int64) string {
	if n >= 10<<30 {
		return fmt.Sprintf("%d GB", n>>30)
	}
	if n >= 1<<30 {
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// folder says whether the agent can write what it must keep, and whether others can read its key.
func (s *Sheet) folder(context.Context) Line {
	m, data := s.o.Machine, s.o.Data
	found, err := os.Stat(data)
	if errors.Is(err, fs.ErrNotExist) {
		return looking(data+" 还没有,第一次运行时会建", data+" is not there yet: the first run makes it")
	}
	if err != nil || !found.IsDir() {
		return bad(data+" 用不了", data+" cannot be used").do("换一个文件夹,或改它的权限", "use another folder, or change its rights")
	}
	if name := s.foreign(); name != "" {
		owner := s.o.Account.Name
		return bad(name+" 不是账号 "+owner+" 的,它写不进去", name+" does not belong to "+owner).
			do("执行 sudo chown -R "+owner+" "+data, "run sudo chown -R "+owner+" "+data)
	}
	if m.uid == s.o.Account.UID || s.o.Account.Name == "" {
		trial, err := os.CreateTemp(data, "check.*.tmp")
		if err == nil {
			err = errors.Join(trial.Close(), os.Remove(trial.Name()))
		}
		if err != nil {
			return bad(data+" 写不进去", data+" cannot be written").do("改它的权限,或清理磁盘", "change its rights, or make room")
		}
	}
	if key, err := os.Stat(filepath.Join(data, "identity.json")); err == nil && s.o.System != "windows" && key.Mode().Perm()&0o077 != 0 {
		return looking(data+" 里的身份文件别人也能读", "others can read the key in "+data).
			do("执行 chmod 600 "+filepath.Join(data, "identity.json"), "run chmod 600 "+filepath.Join(data, "identity.json"))
	}
	return good(data+" 能读能写", data+" can be written")
}

// software says which it is.
func (s *Sheet) software(context.Context) Line {
	text := fmt.Sprintf("%s, %s/%s", s.o.Version, runtime.GOOS, runtime.GOARCH)
	return good(text, text)
}
