package names

import "github.com/isnad/isnad/lang"

// The classes of words as sets, for tests of several at once.
const (
	ofCue        lang.Set = 1 << lang.Cue
	ofVerb       lang.Set = 1 << lang.Verb
	ofPrep       lang.Set = 1 << lang.Prep
	ofConj       lang.Set = 1 << lang.Conj
	ofComp       lang.Set = 1 << lang.Comp
	ofRel        lang.Set = 1 << lang.Rel
	ofDem        lang.Set = 1 << lang.Dem
	ofNeg        lang.Set = 1 << lang.Neg
	ofPron       lang.Set = 1 << lang.Pron
	ofTime       lang.Set = 1 << lang.Time
	ofPlace      lang.Set = 1 << lang.Place
	ofAux        lang.Set = 1 << lang.Aux
	ofInterrog   lang.Set = 1 << lang.Interrog
	ofTitle      lang.Set = 1 << lang.Title
	ofOrg        lang.Set = 1 << lang.Org
	ofOutletHead lang.Set = 1 << lang.OutletHead
	ofOutlet     lang.Set = 1 << lang.Outlet
	ofState      lang.Set = 1 << lang.State
	ofCapital    lang.Set = 1 << lang.Capital
	ofNisba      lang.Set = 1 << lang.Nisba
	ofUnnamed    lang.Set = 1 << lang.Unnamed
	ofDocSource  lang.Set = 1 << lang.DocSource
	ofGiven      lang.Set = 1 << lang.Given
	ofNum        lang.Set = 1 << lang.Num
	ofMonth      lang.Set = 1 << lang.Month
	ofDay        lang.Set = 1 << lang.Day
	ofUnit       lang.Set = 1 << lang.Unit
	ofBody       lang.Set = 1 << lang.Body
	ofHuman      lang.Set = 1 << lang.Human
)

const (
	// bodies are the classes that head the name of a body.
	bodies = ofOrg | ofOutletHead | ofOutlet | ofState | ofCapital | ofBody
	// people are the classes of common nouns for persons.
	people = ofTitle | ofHuman | ofUnnamed
	// closed are the classes that no name holds.
	closed = ofPrep | ofConj | ofComp | ofRel | ofDem | ofNeg | ofPron | ofTime | ofAux | ofInterrog | ofNum | ofMonth | ofDay | ofUnit
	// common are the classes of the nouns that head an English noun phrase.
	common = people | ofOrg | ofOutletHead | ofDocSource
)
