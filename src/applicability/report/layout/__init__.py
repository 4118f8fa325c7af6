"""Line breaking, colours and pictures that several reports share."""
