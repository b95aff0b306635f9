package dev.lion.teacher.chat;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Hands a reply's body on as it arrives, but not without end: a longer one is cut off, and fails unless it belongs to a refusal,
 * whose status matters more. Called by one thread at a time, as the JDK's client promises.
 */
final class GuardedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> reader;
    private final long mostBytes;
    private final boolean mustEnd;
    private final @Nullable Utf8Check text;
    private @Nullable Subscription subscription;
    private long bytes;
    private boolean done;

    GuardedBody(BodySubscriber<T> reader, long mostBytes, boolean mustEnd, boolean isText) {
        this.reader = reader;
        this.mostBytes = mostBytes;
        this.mustEnd = mustEnd;
        this.text = isText ? new Utf8Check() : null;
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        reader.onSubscribe(source);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (done) {
            return;
        }
        bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > mostBytes) {
            cutOff();
            return;
        }
        try {
            if (text != null) {
                text.take(buffers);
            }
            reader.onNext(buffers);
        } catch (CharacterCodingException e) {
            fail(notText(e));
        }
    }

    private void cutOff() {
        if (mustEnd) {
            fail(new ProtocolException(
                    "the reply was cut off after " + mostBytes + " bytes, the most that is taken of one"));
            return;
        }
        cancel();
        reader.onComplete();
    }

    private void fail(IOException failure) {
        cancel();
        reader.onError(failure);
    }

    private void cancel() {
        done = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private IOException notText(CharacterCodingException e) {
        return new IOException("the reply is not valid UTF-8, somewhere in its first " + bytes + " bytes", e);
    }

    @Override
    public void onError(Throwable failure) {
        if (!done) {
            done = true;
            reader.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (done) {
            return;
        }
        done = true;
        try {
            if (text != null) {
                text.end();
            }
            reader.onComplete();
        } catch (CharacterCodingException e) {
            reader.onError(notText(e));
        }
    }
}
