"""`python -m world` is `dawns`."""

from world.cli import main

if __name__ == "__main__":
    main()
