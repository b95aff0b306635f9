package dev.lion.teacher;

class AnthropicTeacherContractTest extends ChatModelTeacherContract {
    @Override
    protected ModelProtocol protocol() {
        return new MessagesProtocol();
    }
}
