"""The mourners and the one who fell: bodies, faces, cloth, hair."""
