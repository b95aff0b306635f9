package dev.lion.student.prompt;

/** A prompt as text, in its format: its tokens are counted only if somebody asks. Immutable; lives as its tokenizer does. */
public final class WrittenPrompt {
    private final TokenEncoder encoder;
    private final Renderer.Rendered rendered;

    WrittenPrompt(TokenEncoder encoder, Renderer.Rendered rendered) {
        this.encoder = encoder;
        this.rendered = rendered;
    }

    /** What it has at least, from its length alone: seen at once where counting a long text takes seconds and gigabytes. */
    public int fewestTokens() {
        return encoder.fewest(rendered);
    }

    /** What the student reads. */
    public int[] tokens() {
        return encoder.encode(rendered);
    }
}
