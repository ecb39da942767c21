"""The public record: front page, published letters, downloads, verification, and a person's own letters."""
