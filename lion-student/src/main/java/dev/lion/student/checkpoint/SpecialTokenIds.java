package dev.lion.student.checkpoint;

import java.util.List;
import java.util.OptionalInt;

/**
 * The ids of the tokens that steer a model.
 *
 * @param bos the token that begins a text, where the model has one
 * @param eos the tokens that end a text, the one to train with first; empty when the files name none
 * @param pad the token that fills up a batch, where the model has one
 */
public record SpecialTokenIds(OptionalInt bos, List<Integer> eos, OptionalInt pad) {
    public SpecialTokenIds {
        eos = List.copyOf(eos);
        if (bos.orElse(0) < 0 || pad.orElse(0) < 0 || eos.stream().anyMatch(id -> id < 0)) {
            throw new IllegalArgumentException(
                    "token ids are not negative: bos " + bos + ", eos " + eos + ", pad " + pad);
        }
    }

    /** One token that both begins and ends a text, and one for padding: what tokenizers trained here have. */
    public static SpecialTokenIds of(int eos, int pad) {
        return new SpecialTokenIds(OptionalInt.of(eos), List.of(eos), OptionalInt.of(pad));
    }
}
