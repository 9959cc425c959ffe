-- People of customers, who see that customer's servers only; people who may not sign in any more; links for people who are there already.
ALTER TABLE people ADD COLUMN customer_id TEXT REFERENCES customers (customer_id);
ALTER TABLE people ADD COLUMN disabled_time INTEGER;
CREATE INDEX ix_people_customer ON people (customer_id);
ALTER TABLE sign_in_links ADD COLUMN person_id TEXT REFERENCES people (id);
CREATE INDEX ix_sign_in_links_person ON sign_in_links (person_id);
