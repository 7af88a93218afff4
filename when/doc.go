// Package when finds the date phrases of a text and says which stretch of time
// each means: a phrase and an anchor, the time of publication, give an
// interval with its precision.
//
// # Invariant
//
// No year, month or day is guessed. What counts from a moment that is not
// known (no anchor; "two days later") is found, with an empty interval and no
// precision; a date that can be read in two ways is known to the unit that
// both share. Spans are bytes of the stored text, on rune boundaries, and do
// not overlap. The result depends on text, anchor and tables only.
//
// # How it reads
//
// time.tsv of each language lists the words that dates are made of, by class;
// a token that is neither there, in any spelling that folding unites, nor a
// number is passed over after one look at a bitmap. A run of such words is
// read by components (a weekday, an amount of time, a day of a month …), which
// a phrase puts together until one no longer fits; the longest phrase counts.
// The grammar is one for all languages: it takes both orders where they
// differ, and a word's class says where it may stand.
//
// # Spans
//
// A span begins with the first word that belongs to the date. A preposition
// in front is out (في, on), unless it makes the date (منذ ثلاثة أيام, between …
// and …); an Arabic و or ف written onto the first word is out, a ب, ل or ك
// stays, as in the other spans of Isnad.
//
// # Conventions
//
//   - Weeks are from Monday to Sunday (ISO 8601). The weekend is Saturday and
//     Sunday in English, Friday to Sunday in Arabic, which holds the weekends of
//     all Arab states.
//   - A bare weekday is the last one, the day of publication included, as news
//     agencies write it; "last" and "next" (الماضي, المقبل) exclude that day. Where
//     "yesterday" or "tomorrow" stands beside a weekday that is one day off, the
//     weekday decides: it is the clock of the text.
//   - A month by itself is the current or the last one. A day or part of a month
//     without a year is the last one too, but the coming one where that is at
//     most 31 days ahead or alone agrees with a weekday: news gives a year, or
//     الماضي, to what is eleven months back.
//   - Parts of the day are the hours that Unicode CLDR gives them (day periods of
//     ar and en), or lie within those where a language has more words (عصر); a
//     night belongs to the day on which it begins. An hour in words
//     without one of them (الساعة الثالثة) is known to the day only; 14:30 is of a
//     24-hour clock, and without a date of the day of publication.
//   - Three days ago is that day; two weeks, months or years ago is that calendar
//     week, month or year. The last three days end where the day of publication
//     begins. An amount "ago" or "from now" counts from the anchor, an amount
//     before, after or later than something else is open, and so is one after
//     (بعد) of hours or minutes: a report tells those by its own clock.
//   - The beginning (مطلع) and end of a month are its first five days and those
//     from the 25th on; early, middle and late (أوائل, أواخر) are thirds, after the
//     three tens into which Arabic divides a month. Of years, decades and centuries
//     they are the same shares.
//   - Seasons are the meteorological ones of the north (World Meteorological
//     Organization: March to May is spring); winter has the year of its January.
//     Quarters and halves of a year have the precision of a season.
//   - The twentieth century is 1901 to 2000, the nineties are 1990 to 1999.
//     Decades without a century are of the twentieth from the fifties on; before
//     that, and where an age follows (في الستينيات من عمره), they are none.
//   - Arabic digits are day, month, year, or year first. In English 03/04/2021 is
//     known to the year; 25/12/2020 and 12/25/2020 are both clear.
//   - A number is a year behind the word year, a month, a season or the like, and
//     with an era; behind a preposition from 1900 to 2100 where it does not count
//     the noun that follows. 1400 to 1450 behind the word year, without an era, may
//     be of either calendar: open.
//   - Months have the names of the Levant and Iraq, of Egypt and the Gulf, and of
//     the Maghreb; two names of one month are one date (آب/أغسطس).
//   - Islamic dates are of the Umm al-Qura calendar, tabulated for 1365 to 1500
//     (December 1945 to November 2077); a country's own sighting of the moon may
//     be a day off it. Outside of the table an Islamic date is known to the year,
//     by the arithmetical calendar.
//   - Years before the common era, and all that is outside of the years 2 to 9998,
//     are found but not resolved.
//
// Feasts are no dates here: their day differs by country and church. Recurring
// days (كل يوم جمعة, every Friday), names made of dates (شارع 15 أيار) and amounts
// that have no number (قبل أيام) are none either.
package when
