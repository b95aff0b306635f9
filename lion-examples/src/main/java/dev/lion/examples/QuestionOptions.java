package dev.lion.examples;

import dev.lion.evaluation.AnswerFile;
import dev.lion.evaluation.AnswerSource;
import dev.lion.evaluation.OpenQuestion;
import dev.lion.evaluation.RelativeQuality;
import dev.lion.evaluation.VicunaQuestions;
import dev.lion.teacher.ChatModelReferee;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On which open questions a student is compared with a reference, and how the referee is asked. */
final class QuestionOptions {
    private static final int SAMPLES = 3;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description =
                    "open questions in Vicuna's format: {\"question_id\": .., \"category\": .., \"text\": ..}, a line"
                            + " each")
    private Optional<Path> questions = Optional.empty();

    @Option(
            names = "--reference-answers",
            paramLabel = "FILE",
            description = "the reference's answers: {\"question_id\": .., \"text\": ..}, a line each"
                    + " (default: the teacher model answers)")
    private Optional<Path> referenceAnswers = Optional.empty();

    @Option(
            names = "--candidate-answers",
            paramLabel = "FILE",
            description = "the answers that are measured, in the same format (default: the student answers)")
    private Optional<Path> candidateAnswers = Optional.empty();

    @Option(
            names = "--candidate-model",
            paramLabel = "NAME",
            description = "a model of the provider whose answers are measured (default: the student's are)")
    private Optional<String> candidateModel = Optional.empty();

    @Option(
            names = "--setting",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "the paper's setting: 1, asked once, the scores before the words, the reference's answer first;"
                            + " 2, evidence before the scores, several samples, both orders (default: ${DEFAULT-VALUE})")
    private int setting;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "how often the referee is asked in each order (default: 1 in setting 1, 3 in setting 2)")
    private Optional<Integer> samples = Optional.empty();

    @Option(
            names = "--answer-tokens",
            defaultValue = "1024",
            paramLabel = "N",
            description = "longest answer of the student to an open question, at temperature 0.7 (default:"
                    + " ${DEFAULT-VALUE}, the paper's)")
    private int answerTokens;

    /** Adds what is wrong. */
    OptionFaults check(OptionFaults faults) {
        return faults.require(setting == 1 || setting == 2, "--setting must be 1 or 2, but is " + setting)
                .within(1, 25, "--samples", samples())
                .atLeast(1, "--answer-tokens", answerTokens)
                .require(
                        candidateAnswers.isEmpty() || candidateModel.isEmpty(),
                        "--candidate-answers and --candidate-model cannot be given together")
                .require(
                        isGiven()
                                || (referenceAnswers.isEmpty()
                                        && candidateAnswers.isEmpty()
                                        && candidateModel.isEmpty()),
                        "--reference-answers, --candidate-answers and --candidate-model need --questions");
    }

    boolean isGiven() {
        return questions.isPresent();
    }

    /** Whether it is the student whose answers are measured. */
    boolean asksStudent() {
        return isGiven() && candidateAnswers.isEmpty() && candidateModel.isEmpty();
    }

    /** Whose answers are measured, in words. */
    String candidate() {
        return candidateAnswers
                .map(file -> "answers of " + file.getFileName())
                .or(() -> candidateModel.map(name -> "the model " + name))
                .orElse("the student");
    }

    /** Whose answers they are compared with, in words. */
    String reference(String teacher) {
        return referenceAnswers.map(file -> "answers of " + file.getFileName()).orElse("the model " + teacher);
    }

    int answerTokens() {
        return answerTokens;
    }

    Optional<String> candidateModel() {
        return candidateModel;
    }

    List<OpenQuestion> read() {
        return questions.map(VicunaQuestions::questions).orElseGet(List::of);
    }

    Optional<AnswerSource> givenReference() {
        return referenceAnswers.map(AnswerFile::read).map(AnswerSource::given);
    }

    Optional<AnswerSource> givenCandidate() {
        return candidateAnswers.map(AnswerFile::read).map(AnswerSource::given);
    }

    private int samples() {
        return samples.orElse(setting == 1 ? 1 : SAMPLES);
    }

    ChatModelReferee.Builder applyTo(ChatModelReferee.Builder referee) {
        return (setting == 1 ? referee.scoresFirst() : referee).samples(samples());
    }

    RelativeQuality.Builder applyTo(RelativeQuality.Builder comparison) {
        comparison.setting("paperSetting", Integer.toString(setting));
        return setting == 1 ? comparison.oneOrder() : comparison;
    }

    /** The setting in words. */
    String inWords() {
        String times = samples() == 1 ? "one sample" : samples() + " samples";
        return "setting " + setting + ": "
                + (setting == 1
                        ? "scores before the words, " + times + ", the reference's answer first"
                        : "evidence before the scores, " + times + " in each of both orders");
    }
}
