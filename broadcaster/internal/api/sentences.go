package api

// sentenceOf returns the sentence of a problem, warning or note. Each table belongs to a group of rooms; a sentence
// says in plain words what is wrong and what to do, and {name} are places for the problem's arguments.
func sentenceOf(code string) (phrase, bool) {
	for _, table := range []map[string]phrase{ownSentences, peopleSentences, placeSentences, contentSentences, roundSentences, listSentences, whenSentences, whySentences, planSentences, silenceSentences, changeSentences, winnerSentences, complaintSentences, hearingSentences} {
		if p, ok := table[code]; ok {
			return p, true
		}
	}
	return phrase{}, false
}
