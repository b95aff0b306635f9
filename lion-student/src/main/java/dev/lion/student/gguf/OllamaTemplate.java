package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lion.student.prompt.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A prompt format as a template of Ollama's, in the language of Go's templates. What stands around messages is taken from
 * renderings of letters, and the result is used if it writes other conversations as the format does.
 */
final class OllamaTemplate {
    private static final String USER = "QuestionQ";
    private static final String ANSWER = "AnswerA";
    private static final String LATER = "LaterL";
    private static final String SYSTEM = "SystemS";

    /** Without white space at the ends, which some templates trim and Go's cannot. */
    private static final List<List<Message>> EXAMPLES = List.of(
            List.of(Message.user("1 + 1?")),
            List.of(Message.user("a"), Message.assistant("b\nc"), Message.user("d")),
            List.of(
                    Message.system("Rules."),
                    Message.user("a"),
                    Message.assistant("b"),
                    Message.user("c"),
                    Message.assistant("d"),
                    Message.user("e")));

    private final Function<List<Message>, Optional<String>> format;
    private final String bos;

    private OllamaTemplate(Function<List<Message>, Optional<String>> format, String bos) {
        this.format = format;
        this.bos = bos;
    }

    /**
     * The template, in one line.
     *
     * @param format writes a conversation; empty for one that it refuses
     * @param bos the text of the token that Ollama itself begins prompts with; empty for none
     * @return empty for a format that writes messages in a way that this cannot follow
     */
    static Optional<String> of(Function<List<Message>, Optional<String>> format, String bos) {
        var template = new OllamaTemplate(format, bos);
        return template.parts()
                .filter(parts -> EXAMPLES.stream().allMatch(example -> template.isFollowed(example, parts)))
                .map(Parts::toGo);
    }

    /**
     * What stands before, between and after messages.
     *
     * @param system what stands before a system message; empty where the format leaves such messages out
     * @param afterSystem what stands before a user's message that follows one
     */
    private record Parts(
            String first, String toAnswer, String toLater, String end, Optional<String> system, String afterSystem) {
        String toGo() {
            String user = "{{ if eq $i 0 }}" + go(first)
                    + "{{ else if and (eq $i 1) (eq (index $.Messages 0).Role \"system\") }}"
                    + go(afterSystem) + "{{ else }}" + go(toLater) + "{{ end }}";
            String told = system.map(
                            before -> "{{ if eq $m.Role \"system\" }}" + go(before) + "{{ $m.Content }}{{ else ")
                    .orElse("{{ ");
            return "{{ range $i, $m := .Messages }}" + told + "if eq $m.Role \"user\" }}" + user
                    + "{{ $m.Content }}{{ else if eq $m.Role \"assistant\" }}" + go(toAnswer)
                    + "{{ $m.Content }}{{ end }}{{ end }}" + go(end);
        }

        String write(List<Message> messages) {
            var text = new StringBuilder();
            for (int i = 0; i < messages.size(); i++) {
                String content = messages.get(i).content();
                text.append(
                        switch (messages.get(i).role()) {
                            case SYSTEM ->
                                system.map(before -> before + content).orElse("");
                            case USER ->
                                (i == 0 ? first : isAfterSystem(messages, i) ? afterSystem : toLater) + content;
                            case ASSISTANT -> toAnswer + content;
                        });
            }
            return text + end;
        }

        private static boolean isAfterSystem(List<Message> messages, int place) {
            return place == 1 && messages.get(0).role() == Message.Role.SYSTEM;
        }

        /** A text as an expression: JSON's escapes are among Go's, and no quotation marks stand together. */
        private static String go(String text) {
            return text.isEmpty() ? "" : "{{ " + TextNode.valueOf(text) + " }}";
        }
    }

    private Optional<Parts> parts() {
        var talk = List.of(Message.user(USER), Message.assistant(ANSWER), Message.user(LATER));
        Optional<String> written = written(talk);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String text = written.get();
        int user = text.indexOf(USER);
        int answer = text.indexOf(ANSWER);
        int later = text.indexOf(LATER);
        if (user < 0 || answer < user || later < answer) {
            return Optional.empty();
        }
        return told().map(told -> new Parts(
                text.substring(0, user),
                text.substring(user + USER.length(), answer),
                text.substring(answer + ANSWER.length(), later),
                text.substring(later + LATER.length()),
                told.before(),
                told.after()));
    }

    /** What stands around a system message. */
    private record Told(Optional<String> before, String after) {}

    /** Empty where the format refuses a system message, which a template of Ollama's cannot, or moves it. */
    private Optional<Told> told() {
        return written(List.of(Message.system(SYSTEM), Message.user(USER))).flatMap(text -> {
            int system = text.indexOf(SYSTEM);
            int user = text.indexOf(USER);
            if (user < Math.max(system, 0)) {
                return Optional.empty();
            }
            return Optional.of(
                    system < 0
                            ? new Told(Optional.empty(), text.substring(0, user))
                            : new Told(
                                    Optional.of(text.substring(0, system)),
                                    text.substring(system + SYSTEM.length(), user)));
        });
    }

    private boolean isFollowed(List<Message> messages, Parts parts) {
        return written(messages).equals(Optional.of(parts.write(messages)));
    }

    /** Without the token that Ollama puts before a prompt. */
    private Optional<String> written(List<Message> messages) {
        return format.apply(messages).map(text -> text.startsWith(bos) ? text.substring(bos.length()) : text);
    }
}
