-- What the controller notes to itself: that it can still write.
CREATE TABLE store_marks (
  mark TEXT NOT NULL PRIMARY KEY,
  marked_time BIGINT NOT NULL
);
