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

    /** What stands before, between and after messages. */
    private record Parts(
            String first, String toAnswer, String toLater, String end, Optional<String> system, String afterSystem) {
        String toGo() {
            String user = system.isEmpty()
                    ? "{{ if eq $i 0 }}" + go(first) + "{{ else }}" + go(toLater) + "{{ end }}"
                    : "{{ if eq $i 0 }}" + go(first)
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
                text.append(
                        switch (messages.get(i).role()) {
                            case SYSTEM -> system.orElse("");
                            case USER -> i == 0 ? first : (isAfterSystem(messages, i) ? afterSystem : toLater);
                            case ASSISTANT -> toAnswer;
                        });
                text.append(messages.get(i).content());
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
        var told = written(List.of(Message.system(SYSTEM), Message.user(USER)));
        boolean tells = told.isPresent()
                && told.get().contains(SYSTEM)
                && told.get().indexOf(USER) > told.get().indexOf(SYSTEM);
        return Optional.of(new Parts(
                text.substring(0, user),
                text.substring(user + USER.length(), answer),
                text.substring(answer + ANSWER.length(), later),
                text.substring(later + LATER.length()),
                told.filter(all -> tells).map(all -> all.substring(0, all.indexOf(SYSTEM))),
                told.filter(all -> tells)
                        .map(all -> all.substring(all.indexOf(SYSTEM) + SYSTEM.length(), all.indexOf(USER)))
                        .orElse("")));
    }

    private boolean isFollowed(List<Message> messages, Parts parts) {
        boolean told = messages.get(0).role() == Message.Role.SYSTEM;
        return (told && parts.system().isEmpty()) || written(messages).equals(Optional.of(parts.write(messages)));
    }

    /** Without the token that Ollama puts before a prompt. */
    private Optional<String> written(List<Message> messages) {
        return format.apply(messages).map(text -> text.startsWith(bos) ? text.substring(bos.length()) : text);
    }
}
