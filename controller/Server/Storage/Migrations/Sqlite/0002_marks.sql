-- What the controller notes to itself: that it can still write.
CREATE TABLE store_marks (
  mark TEXT NOT NULL PRIMARY KEY,
  marked_time INTEGER NOT NULL
);
