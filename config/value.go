package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on machines that have no zone database
	"unicode/utf8"
)

// setting is one setting of a program.
type setting struct {
	key string
	// set takes a value, or says what is wrong with it.
	set func(value) sentence
}

// value is what was said of a setting.
type value struct {
	text string
	// from is the file in which it was said, or "".
	from string
}

// number takes a whole number from least to most.
func number(to *int, least, most int) func(value) sentence {
	return func(v value) sentence {
		n, err := strconv.Atoi(v.text)
		if err != nil || n < least || n > most {
			return sentence{
				fmt.Sprintf("“%s”不行,要写 %d 到 %d 之间的整数", short(v.text), least, most),
				fmt.Sprintf("%q will not do: write a whole number from %d to %d", short(v.text), least, most),
			}
		}
		*to = n
		return sentence{}
	}
}

// oneOf takes one of the given words.
func oneOf(to *string, choices ...string) func(value) sentence {
	return func(v value) sentence {
		for _, choice := range choices {
			if v.text == choice {
				*to = choice
				return sentence{}
			}
		}
		return sentence{
			fmt.Sprintf("“%s”不行,只能写 %s 其中一个", short(v.text), strings.Join(choices, "、")),
			fmt.Sprintf("%q will not do: write one of %s", short(v.text), strings.Join(choices, ", ")),
		}
	}
}

// words takes a name of at most most characters, which may be anything but empty.
func words(to *string, most int) func(value) sentence {
	return func(v value) sentence {
		text := strings.TrimSpace(v.text)
		if n := utf8.RuneCountInString(text); n == 0 || n > most {
			return sentence{fmt.Sprintf("名称要有 1 到 %d 个字", most), fmt.Sprintf("a name has 1 to %d characters", most)}
		}
		*to = text
		return sentence{}
	}
}

// townCode takes the statistical division code of a town.
func townCode(to *string) func(value) sentence {
	return func(v value) sentence {
		text := strings.TrimSpace(v.text)
		if len(text) != 9 || strings.Trim(text, "0123456789") != "" {
			return sentence{"镇的编码是 9 位数字(统计用区划代码的前 9 位),例如 440605121", "a town's code has 9 digits, such as 440605121"}
		}
		*to = text
		return sentence{}
	}
}

// code takes a one-time code, or nothing.
func code(to *string) func(value) sentence {
	return func(v value) sentence {
		text := strings.TrimSpace(v.text)
		if len(text) > 1000 || strings.ContainsAny(text, " \t\r\n") {
			return sentence{"接入码应该是一整行,中间没有空格;请从网页上重新复制", "the code is one line without spaces: copy it again from the console"}
		}
		*to = text
		return sentence{}
	}
}

// folder takes a path that may not exist yet.
func folder(to *string) func(value) sentence {
	return func(v value) sentence {
		if v.text == "" {
			return sentence{"要写一个文件夹", "write a folder"}
		}
		*to = beside(v.from, v.text)
		return sentence{}
	}
}

// command takes a program and its arguments, apart by spaces, with double quotes around what holds some; or nothing.
func command(to *[]string) func(value) sentence {
	return func(v value) sentence {
		var words []string
		for i, part := range strings.Split(v.text, `"`) {
			switch {
			case i%2 == 0:
				words = append(words, strings.Fields(part)...)
			case part != "":
				words = append(words, part)
			}
		}
		if len(v.text) > 1000 || strings.Count(v.text, `"`)%2 != 0 || strings.ContainsAny(v.text, "\r\n\x00") {
			return sentence{"命令要写成一行,双引号要成对", "a command is one line, with quotes in pairs"}
		}
		*to = words
		return sentence{}
	}
}

// checkRelay checks that an amplifier that is switched on is switched off too.
func (l *loading) checkRelay(a *Agent) {
	if (len(a.Sound.Relay.On) == 0) != (len(a.Sound.Relay.Off) == 0) && !l.wrong["sound.relay.on"] && !l.wrong["sound.relay.off"] {
		l.say(l.placeOf("sound.relay.on"), sentence{
			"开功放的命令 sound.relay.on 和关的命令 sound.relay.off 要么都写,要么都不写",
			"give both sound.relay.on and sound.relay.off, or neither",
		})
	}
}

// file takes the path of a file that exists, or nothing.
func file(to *string) func(value) sentence {
	return func(v value) sentence {
		if v.text == "" {
			*to = ""
			return sentence{}
		}
		path := beside(v.from, v.text)
		if found, err := os.Stat(path); err != nil || !found.Mode().IsRegular() {
			return sentence{"找不到文件 " + short(path), "there is no file " + short(path)}
		}
		*to = path
		return sentence{}
	}
}

// zone takes the name of a time zone.
func zone(to *string) func(value) sentence {
	return func(v value) sentence {
		if _, err := time.LoadLocation(v.text); err != nil || v.text == "" || v.text == "Local" {
			return sentence{
				fmt.Sprintf("没有“%s”这个时区;中国写 Asia/Shanghai", short(v.text)),
				fmt.Sprintf("there is no time zone %q; for China write Asia/Shanghai", short(v.text)),
			}
		}
		*to = v.text
		return sentence{}
	}
}

// listenAddress takes a host or nothing, a colon, and a port.
func listenAddress(to *string) func(value) sentence {
	return func(v value) sentence {
		_, port, err := net.SplitHostPort(v.text)
		if _, portErr := strconv.ParseUint(port, 10, 16); err != nil || portErr != nil {
			return sentence{
				fmt.Sprintf("“%s”不是地址和端口,要写成 127.0.0.1:8600 这样", short(v.text)),
				fmt.Sprintf("%q is no address with a port: write it like 127.0.0.1:8600", short(v.text)),
			}
		}
		*to = v.text
		return sentence{}
	}
}

// webAddress takes the address of a site, or nothing.
func webAddress(to *string) func(value) sentence {
	return func(v value) sentence {
		if v.text == "" {
			*to = ""
			return sentence{}
		}
		text := strings.TrimRight(v.text, "/")
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || text != u.Scheme+"://"+u.Host {
			return sentence{
				fmt.Sprintf("“%s”不是网址,要写成 https://laba.example.cn 这样,后面不带别的", short(v.text)),
				fmt.Sprintf("%q is no web address: write it like https://laba.example.cn, with nothing behind", short(v.text)),
			}
		}
		*to = text
		return sentence{}
	}
}

// checkReach checks what follows from several settings together: who can reach the broadcaster, and how.
func (l *loading) checkReach(b *Broadcaster) {
	secure := b.TLS.Certificate != "" && b.TLS.Key != ""
	half := !secure && (b.TLS.Certificate != "" || b.TLS.Key != "")
	doubt := half || l.wrong["tls.certificate"] || l.wrong["tls.key"] // what is wrong with tls is said elsewhere
	if half && !l.wrong["tls.certificate"] && !l.wrong["tls.key"] {
		l.say(l.placeOf("tls.certificate"), sentence{
			"证书 tls.certificate 和私钥 tls.key 要么都写,要么都不写",
			"give both tls.certificate and tls.key, or neither",
		})
	}
	host, _, err := net.SplitHostPort(b.Listen)
	if err != nil {
		return // listenAddress let nothing through that does not split
	}
	address, err := netip.ParseAddr(host)
	loopback := host == "localhost" || err == nil && address.IsLoopback()
	if !loopback && !secure && !doubt {
		l.say(l.placeOf("listen"), sentence{
			"别的电脑也能连上这个地址,所以要先在 tls 下面写好证书和私钥;只在本机用就写 127.0.0.1:8600",
			"other computers can reach this address, so tls needs a certificate and a key first; for this computer alone write 127.0.0.1:8600",
		})
	}
	if b.PublicAddress != "" {
		return
	}
	if host == "" || err == nil && address.IsUnspecified() {
		l.say(l.placeOf("listen"), sentence{
			"还要写 public_address:大家用哪个网址打开,例如 https://laba.example.cn",
			"public_address is needed too: the web address that people will open, such as https://laba.example.cn",
		})
		return
	}
	b.PublicAddress = "http://" + b.Listen
	if secure {
		b.PublicAddress = "https://" + b.Listen
	}
}

// short keeps what is shown of a value short, and on one line.
func short(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "?"))
	if len(runes) > 60 {
		runes = append(runes[:60], '…')
	}
	return strings.Map(func(r rune) rune {
		if strconv.IsPrint(r) {
			return r
		}
		return '?'
	}, string(runes))
}
