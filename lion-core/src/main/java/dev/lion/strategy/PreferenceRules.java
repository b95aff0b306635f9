package dev.lion.strategy;

import dev.lion.data.Difficulty;
import dev.lion.data.Judgement;

/** The built-in rules for preferences. */
final class PreferenceRules {
    static final PreferenceRule HARD = new Hard();

    private PreferenceRules() {}

    // a rule for hard instructions may take in gaps below 0
    private record Hard() implements PreferenceRule {
        @Override
        public boolean isPreference(Judgement judgement) {
            return judgement
                    .finding()
                    .filter(found -> found.difficulty() == Difficulty.HARD && found.gap() > 0)
                    .isPresent();
        }

        @Override
        public String description() {
            return "hard";
        }

        @Override
        public String toString() {
            return description();
        }
    }

    record Gap(double least) implements PreferenceRule {
        Gap {
            if (!(least > 0 && least <= 9)) {
                throw new IllegalArgumentException(
                        "the gap from which on an answer is preferred must be above 0 and at most 9, but is " + least);
            }
        }

        @Override
        public boolean isPreference(Judgement judgement) {
            return judgement.gap().orElse(Double.NEGATIVE_INFINITY) >= least;
        }

        @Override
        public String description() {
            return "gap of " + least + " or more";
        }

        @Override
        public String toString() {
            return description();
        }
    }
}
