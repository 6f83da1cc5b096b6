package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// readFile sets what the file's text says.
func (l *loading) readFile(text []byte) {
	if !utf8.Valid(text) {
		l.say(place{file: l.file}, sentence{
			"文字编码不对:请用记事本打开,“另存为”,编码选 UTF-8",
			"not in UTF-8: open it in an editor and save it as UTF-8",
		})
		return
	}
	decoder := yaml.NewDecoder(bytes.NewReader(l.mend(text)))
	var document, more yaml.Node
	err := decoder.Decode(&document)
	switch {
	case errors.Is(err, io.EOF): // nothing but comments: all defaults
		return
	case err != nil:
		l.saySyntax(err)
		return
	}
	switch err := decoder.Decode(&more); {
	case err == nil:
		l.say(place{l.file, more.Line}, sentence{"文件里只能有一份设置,不要写 ---", "one file holds one set of settings: no ---"})
	case !errors.Is(err, io.EOF):
		l.saySyntax(err)
	}
	l.readGroup("", document.Content[0])
}

// Slips that the people who edit these files make, and that YAML explains badly.
const (
	tabIndent     = `^[ ]*\t[ \t]*[^ \t#]`
	wideColon     = `^( *[a-z_]+ *)\x{FF1A} *`
	noSpaceBehind = `^( *)([a-z_]+):([^ \t#].*)$`
)

// mend returns text as it was meant, and says where it was not written so. Lines keep their numbers.
func (l *loading) mend(text []byte) []byte {
	tab, wide, tight := regexp.MustCompile(tabIndent), regexp.MustCompile(wideColon), regexp.MustCompile(noSpaceBehind)
	lines := strings.Split(string(bytes.TrimPrefix(text, []byte("\ufeff"))), "\n")
	for i, line := range lines {
		at := place{l.file, i + 1}
		if tab.MatchString(line) {
			l.say(at, sentence{"行首用了 Tab 键,请改成空格", "a Tab at the beginning of the line: use spaces"})
			indent := len(line) - len(strings.TrimLeft(line, " \t"))
			line = strings.ReplaceAll(line[:indent], "\t", "  ") + line[indent:]
		}
		if wide.MatchString(line) {
			l.say(at, sentence{"冒号要用英文的“:”,后面空一格", "the colon must be the narrow one, with a space behind it"})
			line = wide.ReplaceAllString(line, "$1: ")
		} else if part := tight.FindStringSubmatch(line); part != nil && l.isName(part[2]) {
			l.say(at, sentence{"冒号后面要空一格", "a space is missing behind the colon"})
			line = part[1] + part[2] + ": " + part[3]
		}
		lines[i] = line
	}
	return []byte(strings.Join(lines, "\n"))
}

// isName tells whether word is part of a key.
func (l *loading) isName(word string) bool {
	for _, s := range l.own {
		for name := range strings.SplitSeq(s.key, ".") {
			if name == word {
				return true
			}
		}
	}
	return false
}

// saySyntax says that the text is no YAML. The parser's reasons are for programmers, and its line is sometimes the one
// before.
func (l *loading) saySyntax(err error) {
	line := 1
	if found := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(err.Error()); found != nil {
		line, _ = strconv.Atoi(found[1]) // digits, by the pattern
	}
	l.say(place{l.file, line}, sentence{
		"这一行或下一行的写法不对:看看引号、括号有没有成对,每行行首的空格对不对齐",
		"this line or the next is not written right: see whether quotes and brackets come in pairs and lines are aligned",
	})
}

// readGroup reads the settings under prefix, which is "" or ends with a dot.
func (l *loading) readGroup(prefix string, node *yaml.Node) {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return // a group of which nothing is said
	}
	if node.Kind != yaml.MappingNode {
		l.say(place{l.file, node.Line}, notAGroup(strings.TrimSuffix(prefix, ".")))
		return
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, content := node.Content[i], node.Content[i+1]
		at, key := place{l.file, name.Line}, prefix+name.Value
		if first, twice := seen[name.Value]; twice {
			l.say(at, sentence{
				fmt.Sprintf("“%s”在第 %d 行已经写过了,留一个", short(key), first),
				fmt.Sprintf("%q stands in line %d already: keep one", short(key), first),
			})
			continue
		}
		seen[name.Value] = name.Line
		l.readEntry(key, at, content)
	}
}

func (l *loading) readEntry(key string, at place, content *yaml.Node) {
	s := l.find(key)
	switch {
	case s == nil && l.isGroup(key):
		l.readGroup(key+".", content)
	case s == nil:
		l.say(at, l.unknown(key))
	case content.Kind != yaml.ScalarNode || content.Anchor != "":
		l.say(at, sentence{
			fmt.Sprintf("“%s”后面只写一个值", key),
			fmt.Sprintf("%q takes one value", key),
		})
	case content.Tag == "!!null": // nothing is said: the default holds
	default:
		l.set(s, at, value{text: content.Value, from: l.file})
	}
}

func notAGroup(key string) sentence {
	if key == "" {
		return sentence{"每行要写成“名称: 值”", "write each line as “name: value”"}
	}
	return sentence{
		fmt.Sprintf("“%s”后面不写值,它的各项在下面另起一行,行首多空两格", key),
		fmt.Sprintf("%q takes no value: its settings stand in the lines below, two spaces further in", key),
	}
}

func (l *loading) find(key string) *setting {
	for i := range l.own {
		if l.own[i].key == key {
			return &l.own[i]
		}
	}
	return nil
}

func (l *loading) isGroup(key string) bool {
	for _, s := range l.own {
		if strings.HasPrefix(s.key, key+".") {
			return true
		}
	}
	return false
}
