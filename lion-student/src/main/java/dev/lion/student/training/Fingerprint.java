package dev.lion.student.training;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Tells one training from another: two with one fingerprint are the same training. The weights themselves are not looked at,
 * as they change while they are trained.
 *
 * @param model what is trained
 * @param origin what the weights were at the beginning
 * @param randomSeed the training's
 */
record Fingerprint(DecoderModel model, String origin, long randomSeed) {
    /** 64 hexadecimal digits, of all that a training's numbers follow from but the number of threads. */
    <E> String of(TrainingConfig config, Objective<E> objective, List<E> examples) {
        Hasher hasher = Hashing.sha256().newHasher();
        var settings = config.toBuilder().saveEvery(Duration.ofDays(1)).build();
        put(hasher, settings.toString());
        put(hasher, objective.description());
        put(hasher, origin);
        var decoder = model.decoder();
        put(hasher, decoder.config().toString());
        put(hasher, decoder.lora().toString());
        put(hasher, decoder.baseType().name());
        hasher.putBoolean(decoder.bfloat16());
        var trainable = model.trainable();
        trainable
                .names()
                .forEach(name -> put(hasher, name).putInt(trainable.bytes(name).remaining()));
        hasher.putLong(randomSeed);
        for (E example : examples) {
            objective.sequences(example).forEach(sequence -> put(hasher, sequence));
        }
        return hasher.hash().toString();
    }

    private static Hasher put(Hasher hasher, String text) {
        return hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
    }

    private static void put(Hasher hasher, LabelledSequence sequence) {
        hasher.putInt(sequence.length());
        for (int place = 0; place < sequence.length(); place++) {
            hasher.putInt(sequence.token(place)).putBoolean(sequence.isLearnt(place));
        }
    }
}
