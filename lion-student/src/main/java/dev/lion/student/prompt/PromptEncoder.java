package dev.lion.student.prompt;

import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns instructions and conversations into a student's tokens: the same for training and for answering.
 *
 * <p>The tokens are those that Hugging Face's tokenizer gives for the rendered text. The token that begins a text stands at
 * its start once, whether the template writes it, the tokenizer adds it, or both; it is not there when neither does, and
 * as often as the template writes it where that is more often. An
 * answer is learnt with the token that ends its turn, once, and nothing else is: not the prompt, not what a template writes
 * after that token. Words are data: a special token's text in a message is encoded as the characters that it consists of. An
 * end token's text at the end of an answer is left out, as another model's slip.
 *
 * <p>Used by the student, from any thread, as long as its tokenizer is open.
 */
public final class PromptEncoder {
    private final TokenEncoder encoder;
    private final Renderer renderer;
    private final List<String> endTexts;
    private final Set<Integer> ends;
    private final int end;

    /**
     * An encoder, once the format has rendered an example.
     *
     * @param tokenizer stays its caller's
     * @param model the special tokens of the model; its end-of-text tokens end answers
     * @throws PromptException when the format is a chat template that does not render, whose prompt is not how its answer
     *     begins, or that ends an answer with no special token
     */
    public PromptEncoder(StudentTokenizer tokenizer, SpecialTokenIds model, PromptFormat format) {
        int endOfText = model.eos().isEmpty() ? tokenizer.eosId() : model.eos().get(0);
        String endText = tokenizer
                .specialTokens()
                .textOf(endOfText)
                .orElseGet(() ->
                        tokenizer.specialTokens().textOf(tokenizer.eosId()).orElseThrow());
        this.encoder = new TokenEncoder(tokenizer);
        this.renderer = new Renderer(format, tokenizer, endText);
        this.end = endOfTurn();
        var all = new HashSet<>(model.eos().isEmpty() ? Set.of(tokenizer.eosId()) : model.eos());
        all.add(end);
        this.ends = Set.copyOf(all);
        this.endTexts = ends.stream()
                .flatMap(id -> tokenizer.specialTokens().textOf(id).stream())
                .toList();
    }

    /** The special token that follows an answer in the format. */
    private int endOfTurn() {
        var question = renderer.underSystem(List.of(Turn.of(Message.user("a"))));
        var pair = new Pair(question, Turn.answer("b"));
        return encoder.firstSpecial(pair.rest())
                .orElseThrow(() -> new PromptException(
                        "the model's chat template ends an answer with no special token, so that a student could not learn to"
                                + " stop; choose another prompt format"));
    }

    /**
     * A conversation for the student to answer, as text: what tools that run the chat template hand to a tokenizer. Special
     * tokens in the messages' words are not told apart from those of the template here.
     *
     * @throws PromptException when the model's chat template refuses the messages
     */
    public String text(List<Message> messages) {
        var turns = renderer.underSystem(messages.stream().map(Turn::of).toList());
        char guard = renderer.guardFor(turns);
        return renderer.render(turns, true, guard).text().replace(String.valueOf(guard), "");
    }

    /** The special token that prompts begin with because the format writes it. */
    public OptionalInt beginning() {
        char guard = renderer.guardFor(List.of());
        var turns = renderer.underSystem(List.of(Turn.of(Message.user("a"))));
        return encoder.beginning(renderer.render(turns, true, guard));
    }

    /** The token that an answer is trained to end with. */
    public int end() {
        return end;
    }

    /** The tokens that end an answer when the student writes them: {@link #end()}, and the model's own. */
    public Set<Integer> ends() {
        return ends;
    }

    /** What the student reads before it answers an instruction. */
    public int[] prompt(Instruction instruction) {
        return written(Stream.of(Turn.of(instruction))).tokens();
    }

    /**
     * What the student reads before it answers the last message of a conversation.
     *
     * @throws PromptException when the model's chat template refuses the messages
     */
    public int[] prompt(List<Message> messages, Message question) {
        return written(Stream.concat(messages.stream(), Stream.of(question)).toList())
                .tokens();
    }

    /**
     * The same before it is cut into tokens, the last message being the question.
     *
     * @throws PromptException when the model's chat template refuses the messages
     */
    public WrittenPrompt written(List<Message> messages) {
        return written(messages.stream().map(Turn::of));
    }

    private WrittenPrompt written(Stream<Turn> conversation) {
        var turns = renderer.underSystem(conversation.toList());
        return new WrittenPrompt(encoder, renderer.render(turns, true, renderer.guardFor(turns)));
    }

    /** The example of a demonstration; empty for an answer without words, from which nothing could be learnt but silence. */
    public Optional<LabelledSequence> sequence(Demonstration demonstration) {
        var question = renderer.underSystem(List.of(Turn.of(demonstration.instruction())));
        String answer = words(demonstration.response().text());
        return answer.isBlank()
                ? Optional.empty()
                : Optional.of(sequence(demonstration.instruction().id(), question, Turn.answer(answer)));
    }

    /**
     * The example of a conversation, in which every answer is learnt. Where a template writes earlier turns otherwise than
     * they were when they were answered, as those of models that think do, each answer is an example of its own after what
     * then preceded it, and its id has the answer's number after a {@code #}. Nothing when an answer has no words.
     *
     * @throws PromptException when the model's chat template refuses the messages, or an answer does not follow its prompt
     */
    public List<LabelledSequence> sequences(Conversation conversation) {
        var turns = renderer.underSystem(
                conversation.messages().stream().map(this::turn).toList());
        if (turns.stream().anyMatch(turn -> isAnswer(turn) && turn.content().isBlank())) {
            return List.of();
        }
        var together = together(conversation.id(), turns);
        return together.isPresent() ? List.of(together.get()) : apart(conversation.id(), turns);
    }

    private Turn turn(Message message) {
        return message.role() == Message.Role.ASSISTANT ? Turn.answer(words(message.content())) : Turn.of(message);
    }

    private static boolean isAnswer(Turn turn) {
        return turn.role() == Message.Role.ASSISTANT;
    }

    /** An answer without the end tokens that a model wrote out as text. */
    private String words(String answer) {
        String words = answer;
        for (int i = 0; i < endTexts.size(); i++) {
            String trimmed = words.stripTrailing();
            if (trimmed.endsWith(endTexts.get(i))) {
                words = trimmed.substring(0, trimmed.length() - endTexts.get(i).length());
                i = -1;
            }
        }
        return words;
    }

    /** One sequence, if each prompt is how the whole conversation begins, in text and in tokens. */
    private Optional<LabelledSequence> together(String id, List<Turn> turns) {
        char guard = renderer.guardFor(turns);
        var whole = renderer.render(turns, false, guard);
        var learnt = new LearntTokens(encoder.encode(whole));
        for (int answer : answers(turns)) {
            var prompt = renderer.render(turns.subList(0, answer), true, guard);
            if (!whole.text().startsWith(prompt.text()) || !learnt.learnAfter(encoder.encode(prompt), end)) {
                return Optional.empty();
            }
        }
        return Optional.of(learnt.toSequence(id));
    }

    private List<LabelledSequence> apart(String id, List<Turn> turns) {
        var sequences = new ArrayList<LabelledSequence>();
        var answers = answers(turns);
        for (int answer : answers) {
            String own = answers.size() == 1 ? id : id + "#" + (sequences.size() + 1);
            sequences.add(sequence(own, turns.subList(0, answer), turns.get(answer)));
        }
        return sequences;
    }

    private static List<Integer> answers(List<Turn> turns) {
        var places = new ArrayList<Integer>();
        for (int i = 0; i < turns.size(); i++) {
            if (isAnswer(turns.get(i))) {
                places.add(i);
            }
        }
        return places;
    }

    private LabelledSequence sequence(String id, List<Turn> before, Turn answer) {
        return new Pair(before, answer).toSequence(id);
    }

    /** A prompt, and the text that goes on with an answer to it. */
    private final class Pair {
        private final char guard;
        private final Renderer.Rendered prompt;
        private final Renderer.Rendered whole;

        Pair(List<Turn> before, Turn answer) {
            var turns = Stream.concat(before.stream(), Stream.of(answer)).toList();
            guard = renderer.guardFor(turns);
            prompt = renderer.render(before, true, guard);
            whole = renderer.render(turns, false, guard);
            if (!whole.text().startsWith(prompt.text())) {
                throw new PromptException(
                        "the model's chat template writes an answer otherwise than its prompt begins it: '"
                                + tail(prompt.text()) + "' is not how it continues '"
                                + tail(whole.text())
                                + "'; let it think (withThinking) where answers hold thoughts, or choose"
                                + " another prompt format");
            }
        }

        private static final int SHOWN = 120;

        private static String tail(String text) {
            return text.substring(Math.max(0, text.length() - SHOWN));
        }

        Renderer.Rendered rest() {
            return new Renderer.Rendered(whole.text().substring(prompt.text().length()), guard);
        }

        LabelledSequence toSequence(String id) {
            int[] asked = encoder.encode(prompt);
            var joined = new LearntTokens(encoder.encode(whole));
            if (!joined.learnAfter(asked, end)) {
                joined = new LearntTokens(encoder.continued(asked, rest()));
                joined.learnAfter(asked, end);
            }
            return joined.toSequence(id);
        }
    }
}
