package sqlite

import (
	"context"
	"fmt"
)

// LimitPages lets the file grow by so many pages, as a nearly full disk would.
func (a *Archive) LimitPages(ctx context.Context, more int) error {
	var pages int
	if err := a.write.conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return err
	}
	_, err := a.write.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count=%d", pages+more))
	return err
}
