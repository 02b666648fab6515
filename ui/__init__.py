"""Where everything meets: command line, chat page, documents page, source viewer."""
