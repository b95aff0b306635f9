package dev.lion.run;

import dev.lion.data.PaidRole;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A line about a batch: before it is submitted, when it has an id, and when nothing more is expected of it. */
public sealed interface BatchEntry {
    /** The number of the batch in its iteration, from 0. */
    int batch();

    /**
     * It is about to be submitted.
     *
     * @param stage for which stage
     * @param role whose questions
     * @param hold the number of what is set aside for it in the ledger
     * @param since when
     * @param questions the keys of its questions, in order
     * @param present the provider's batches before it, where it lists them
     */
    record Intended(
            int batch,
            Stage stage,
            PaidRole role,
            long hold,
            Instant since,
            List<String> questions,
            Optional<List<String>> present)
            implements BatchEntry {
        public Intended {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(since, "since");
            questions = List.copyOf(questions);
            present = present.map(List::copyOf);
        }
    }

    /**
     * The provider took it.
     *
     * @param id the provider's name for it
     */
    record Submitted(int batch, String id) implements BatchEntry {
        public Submitted {
            Objects.requireNonNull(id, "id");
        }
    }

    /** It is not looked at any more. */
    record Closed(int batch, Outcome outcome) implements BatchEntry {
        public Closed {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /** How a batch ended. */
    enum Outcome {
        /** Its answers are in the journals. */
        TAKEN,
        /** It may have been paid for, but brought nothing. */
        LOST,
        /** The provider never took it. */
        UNSENT
    }
}
