package export

// pageWords are the words of a page in one language.
type pageWords struct {
	lang, dir                            string
	sides                                [3]string
	stances                              [15]string
	sources                              [6]string
	statements, howTo, notNamed, negated string
	why, confidence, rule, foot          string
}

// wordsOf gives the words for documents of a language; English for others.
func wordsOf(lang string) *pageWords {
	if lang == "ar" {
		return &arabicWords
	}
	return &englishWords
}

var englishWords = pageWords{
	lang: "en", dir: "ltr",
	sides: [3]string{"affirms", "denies", "takes no side"},
	stances: [15]string{
		"says", "affirms", "announces", "admits", "denies", "claims", "accuses", "condemns", "demands", "promises", "warns",
		"believes", "asks", "doubts", "reports",
	},
	sources:    [6]string{"left out or pronoun", "by name", "by role", "not identified", "document", "news outlet"},
	statements: "Statements", howTo: "Point at a passage, or step through with Tab, to see on whose word it stands.",
	notNamed: "not named", negated: "negated", why: "Why", confidence: "confidence", rule: "rule",
	foot: "Found by a program and checked by nobody yet. It tells who says what, not who is right.",
}

var arabicWords = pageWords{
	lang: "ar", dir: "rtl",
	sides: [3]string{"يُثبت", "ينفي", "لا يتخذ موقفا"},
	stances: [15]string{
		"قول", "تأكيد", "إعلان", "إقرار", "نفي", "زعم", "اتهام", "إدانة", "مطالبة", "وعد", "تحذير", "رأي", "سؤال", "تشكيك", "نقل",
	},
	sources:    [6]string{"مضمر أو ضمير", "بالاسم", "بالصفة", "غير معروف", "وثيقة", "وسيلة إعلام"},
	statements: "الأقوال", howTo: "أشر إلى المقطع، أو انتقل بمفتاح Tab، لترى عمّن نُقل.",
	notNamed: "غير مسمّى", negated: "منفي", why: "لماذا", confidence: "الثقة", rule: "القاعدة",
	foot: "استخرجه برنامج ولم يراجعه أحد بعد. يبيّن من قال ماذا، لا من المحقّ.",
}
