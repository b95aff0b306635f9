package dev.lion.student.training;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Tells one training from another: two with one fingerprint, begun with the same weights, are the same training. */
final class Fingerprint {
    private Fingerprint() {}

    /** 64 hexadecimal digits, of all that a training's numbers follow from but the weights and the number of threads. */
    static <E> String of(
            DecoderModel model, TrainingConfig config, Objective<E> objective, List<E> examples, long randomSeed) {
        Hasher hasher = Hashing.sha256().newHasher();
        var settings = config.toBuilder().saveEvery(Duration.ofDays(1)).build();
        put(hasher, settings.toString());
        put(hasher, objective.description());
        put(hasher, model.decoder().config().toString());
        put(hasher, model.decoder().lora().toString());
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
