-- Which operation another one undoes.
ALTER TABLE operations ADD COLUMN undoes_number INTEGER REFERENCES operations (operation_number);
CREATE INDEX operations_that_undo ON operations (undoes_number) WHERE undoes_number IS NOT NULL;
CREATE TRIGGER what_is_undone_stays BEFORE UPDATE OF undoes_number ON operations BEGIN SELECT RAISE(ABORT, 'an order is never changed'); END;
