package dev.lion.student.training;

import dev.lion.student.decoder.LabelledSequence;

/** Two answers to one prompt as tokens: the one to become likelier, and the one to become less likely. */
public record PreferencePair(LabelledSequence chosen, LabelledSequence rejected) {
    /** Tokens of both that go through the decoder. */
    int inputLength() {
        return chosen.inputLength() + rejected.inputLength();
    }
}
