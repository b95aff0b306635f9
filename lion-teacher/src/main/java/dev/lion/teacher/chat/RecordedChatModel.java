package dev.lion.teacher.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers from a recording and asks nobody: what was asked before with the same messages and the same parameters of its own
 * gets the recorded reply, at no cost. Of several replies to one request each is given once, in their order, and the last
 * one from then on. Failures are left out. All replies are in memory.
 *
 * <p>It is for replaying: with another parser, rule or student, the roles ask what they asked before. What is not in the
 * recording is refused with a {@link NotRecordedException}. Record roles of several models to a file each, since the model's
 * name counts only where the request itself says it. For any thread.
 */
public final class RecordedChatModel implements ChatModel {
    private static final int EXCERPT = 80;

    private final Path file;
    private final Map<String, Deque<ChatResponse>> replies = new HashMap<>();
    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private Optional<ModelProvider> provider = Optional.empty();

    private RecordedChatModel(Path file) {
        this.file = file;
    }

    private record Entry(String key, ModelProvider provider, Set<Capability> capabilities, Map<?, ?> line) {}

    /**
     * Reads a recording.
     *
     * @throws RecordingException naming the file and the first line that cannot be read, or two providers whose calls it holds
     */
    public static RecordedChatModel of(Path file) {
        var model = new RecordedChatModel(file);
        Recording.of(file).forEach(RecordedChatModel::entry, model::add);
        return model;
    }

    private static Entry entry(Map<?, ?> line) {
        return new Entry(CallForm.key(line), CallForm.provider(line), CallForm.capabilities(line), line);
    }

    private void add(Entry entry) {
        ModelProvider known = provider.orElse(entry.provider());
        if (known != entry.provider()) {
            throw new RecordingException(file + " holds calls of two providers, " + known + " and " + entry.provider()
                    + ", whose replies mean different things; record each provider's to a file of its own");
        }
        provider = Optional.of(known);
        capabilities.addAll(entry.capabilities());
        if (entry.line().get("reply") instanceof Map<?, ?> reply) {
            replies.computeIfAbsent(entry.key(), key -> new ArrayDeque<>()).add(ReplyForm.readFree(reply));
        }
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return chat(request, ChatRequestOptions.EMPTY);
    }

    /** @throws NotRecordedException when the recording has no reply to the request */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Deque<ChatResponse> known = replies.get(CallForm.key(request));
        if (known == null) {
            String last = request.messages().get(request.messages().size() - 1).toString();
            throw new NotRecordedException(file + " holds no reply to this request, whose last message is "
                    + (last.length() <= EXCERPT ? last : last.substring(0, EXCERPT) + "…")
                    + "; record the calls that are to be replayed");
        }
        synchronized (known) {
            return known.size() > 1 ? known.remove() : known.element();
        }
    }

    /** That of the recorded calls, since what a reply's finish reason means depends on it. */
    @Override
    public ModelProvider provider() {
        return provider.orElse(ModelProvider.OTHER);
    }

    /** Those of all models that were recorded. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.copyOf(capabilities);
    }

    /** How many different requests can be answered. */
    public int size() {
        return replies.size();
    }
}
