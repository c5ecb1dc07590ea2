"""What Presswatch is measured by. Nothing here is part of the program."""
