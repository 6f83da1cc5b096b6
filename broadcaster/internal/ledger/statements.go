package ledger

import (
	"context"
	"database/sql"
	"errors"
)

// statements runs queries in a transaction and prepares each only once: a batch runs the same few hundreds of times.
// They are not watched for the end of their context one by one, which costs more than they do: when it ends, the
// transaction is rolled back, and the next statement fails.
type statements struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
}

func newStatements(tx *sql.Tx) *statements {
	return &statements{tx: tx, prepared: make(map[string]*sql.Stmt)}
}

func (s *statements) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := s.prepared[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s.prepared[query] = stmt
	return stmt, nil
}

func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := s.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.WithoutCancel(ctx), args...)
}

func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := s.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(context.WithoutCancel(ctx), args...)
}

func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := s.PrepareContext(ctx, query)
	if err != nil {
		return s.tx.QueryRowContext(ctx, query, args...) // which reports the same error
	}
	return stmt.QueryRowContext(context.WithoutCancel(ctx), args...)
}

// close lets the statements go.
func (s *statements) close() error {
	var errs []error
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(errs...)
}
