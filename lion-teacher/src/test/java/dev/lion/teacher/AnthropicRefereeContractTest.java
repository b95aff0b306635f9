package dev.lion.teacher;

class AnthropicRefereeContractTest extends ChatModelRefereeContract {
    @Override
    protected ModelProtocol protocol() {
        return new MessagesProtocol();
    }
}
