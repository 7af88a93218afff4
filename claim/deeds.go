package claim

import "github.com/isnad/isnad"

func (j *judge) deeds(claims []isnad.Claim) {}
