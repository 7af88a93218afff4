package capture

// Page is a capture as a person would look at it: its text in UTF-8, and
// whether that is HTML. The error is of kind invalid input for what is neither
// text nor a page.
func Page(c *Capture) (text string, isHTML bool, err error) {
	if mediaType(c.Media) == mediaHTML {
		text, _, err = decodePage(c.Name(), mediaCharset(c.Media), c.Body)
		return text, true, err
	}
	text, _, err = decodeShort(c.Name(), c.Body)
	return text, false, err
}
