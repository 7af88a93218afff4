package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
)

// judge sets stance, polarity and the reasons by the cue.
func (d *doc) judge(f *find, a *isnad.Attribution) {
	a.Why.Rule, a.Why.Score = f.rule, f.score
	a.Confidence = f.score
	if f.row < 0 {
		return
	}
	row := f.cueRow()
	a.Stance, a.Polarity = row.Stance, row.Polarity
	a.Why.CueRow = f.pack.Name + "/" + row.ID
	if f.negated { // not to deny is not to affirm
		a.Polarity = isnad.Neutral
	}
}

// sense is the stance of an attribution by what is said and by who says it: a
// neutral verb may introduce a denial, and a medium or a document passes on.
// Polarity follows the cue alone.
func (d *doc) sense(f *find, a *isnad.Attribution) isnad.Stance {
	if f.negated {
		return a.Stance
	}
	stance := f.pack.Sense(d.t, f.content[0], a.Stance)
	if stance != isnad.Say || f.row < 0 {
		return stance
	}
	switch own := a.Own(); own.Kind {
	case isnad.OutletSource:
		return isnad.Report
	case isnad.DocumentSource:
		if i := f.source.First; f.pack.Name == "ar" && !d.in(i, lang.Venue) && !d.any(i, lang.Of(lang.Human, lang.Title, lang.Given)) { // a statement is the voice of a body
			return isnad.Report
		}
	case isnad.Unnamed:
		if len(own.Source) == 0 && f.cueRow().Type == lang.VerbCue {
			return isnad.Report
		}
	}
	return stance
}
